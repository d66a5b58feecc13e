import { UserMenu } from './UserMenu';

/** Who is signed in. Its button is there from the first drawing, so that nobody's focus is lost to a later one. */
export function UserCorner() {
  return <UserMenu />;
}
