import { Tooltip } from '@mantine/core';
import {
  IconMicrophone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseKind } from './model';

const ICONS: Record<CaseKind, Icon> = {
  call: IconPhoneIncoming,
  callback: IconPhoneCall,
  voicemail: IconMicrophone,
};

/** By which channel it came: a picture, with its name for those who hear or hover. */
export function KindIcon({
  kind,
  outgoing,
  size = 18,
}: {
  kind: CaseKind;
  outgoing?: boolean;
  size?: number;
}) {
  const { t } = useTranslation('case');
  const Picture = outgoing ? IconPhoneOutgoing : ICONS[kind];
  const name = t(outgoing ? 'kind.outgoing' : `kind.${kind}`);
  return (
    <Tooltip label={name}>
      <Picture size={size} stroke={1.6} role="img" aria-label={name} />
    </Tooltip>
  );
}
