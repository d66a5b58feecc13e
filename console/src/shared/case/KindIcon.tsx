import { IconInbox, type Icon } from '@tabler/icons-react';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Tip } from '@/shared/components/Tip';

/** How a channel is shown in little. */
export interface KindPicture {
  icon: Icon;
  /** Of what went out. */
  outgoing?: Icon;
}

const Pictures = createContext<Record<string, KindPicture>>({});

/** Gives all pages the pictures that the channels bring along. */
export const KindPictures = Pictures.Provider;

interface Props {
  kind: string;
  outgoing?: boolean;
  size?: number;
  plain?: boolean;
}

/** By which channel it came: a picture, with its name for those who hear or hover; `plain` as of PriorityMark. */
export function KindIcon({ kind, outgoing, size = 18, plain }: Props) {
  const { t } = useTranslation('case');
  const { icon = IconInbox, outgoing: out } = useContext(Pictures)[kind] ?? {};
  const Picture = outgoing ? (out ?? icon) : icon;
  const name = t(outgoing ? 'kind.outgoing' : `kind.${kind}`, { defaultValue: kind });
  const picture = (
    <Picture size={size} stroke={1.6} role="img" aria-label={name}>
      {plain && <title>{name}</title>}
    </Picture>
  );
  return plain ? picture : <Tip label={name}>{picture}</Tip>;
}
