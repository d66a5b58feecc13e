import {
  IconMicrophone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tip } from '@/shared/components/Tip';
import type { CaseKind } from './model';

const ICONS: Record<CaseKind, Icon> = {
  call: IconPhoneIncoming,
  callback: IconPhoneCall,
  voicemail: IconMicrophone,
};

interface Props {
  kind: CaseKind;
  outgoing?: boolean;
  size?: number;
  plain?: boolean;
}

/** By which channel it came: a picture, with its name for those who hear or hover; `plain` as of PriorityMark. */
export function KindIcon({ kind, outgoing, size = 18, plain }: Props) {
  const { t } = useTranslation('case');
  const Picture = outgoing ? IconPhoneOutgoing : ICONS[kind];
  const name = t(outgoing ? 'kind.outgoing' : `kind.${kind}`);
  const picture = (
    <Picture size={size} stroke={1.6} role="img" aria-label={name}>
      {plain && <title>{name}</title>}
    </Picture>
  );
  return plain ? picture : <Tip label={name}>{picture}</Tip>;
}
