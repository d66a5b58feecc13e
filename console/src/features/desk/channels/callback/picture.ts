import { IconPhoneCall } from '@tabler/icons-react';
import type { KindPicture } from '@/shared/case';

export const callbackPicture: KindPicture = { icon: IconPhoneCall };
