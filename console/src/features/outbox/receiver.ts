import { phoneNumber } from '@/shared/format';
import type { Message } from './messages';

/** An address, or a number as people write it; nothing when it is somebody's who is hidden. */
export const receiverOf = ({ channel, receiver }: Pick<Message, 'channel' | 'receiver'>) =>
  channel === 'text' && receiver ? phoneNumber(receiver) : receiver;
