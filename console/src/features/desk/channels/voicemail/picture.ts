import { IconMicrophone } from '@tabler/icons-react';
import type { KindPicture } from '@/shared/case';

export const voicemailPicture: KindPicture = { icon: IconMicrophone };
