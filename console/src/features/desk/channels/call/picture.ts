import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react';
import type { KindPicture } from '@/shared/case';

export const callPicture: KindPicture = { icon: IconPhoneIncoming, outgoing: IconPhoneOutgoing };
