/** What features put into the shell. */

/** The softphone: one line above every page. */
export function PhoneSlot() {
  return null;
}

/** Marks beside the user's menu, such as unread notices. */
export function NoticeSlot() {
  return null;
}

/** What has no place of its own: listens, opens dialogs. */
export function BackgroundSlot() {
  return null;
}
