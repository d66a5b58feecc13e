import { Avatar } from '@mantine/core';
import classes from './PersonAvatar.module.css';

interface Props {
  name: string;
  /** Address of a photo on our own server. */
  photo?: string | null;
  size?: number;
}

/** A face or initials. The name stands beside it, so it is silent for those who hear the page. */
export function PersonAvatar({ name, photo, size = 28 }: Props) {
  return (
    <Avatar
      name={name}
      src={photo ?? null}
      size={size}
      radius={1000}
      color="fjord"
      variant="light"
      alt=""
      imageProps={{ loading: 'lazy' }}
      aria-hidden
    >
      <span className={classes.initials} data-initials={initials(name)} />
    </Avatar>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return `${first?.[0] ?? ''}${last?.[0] ?? ''}`.toLocaleUpperCase();
}
