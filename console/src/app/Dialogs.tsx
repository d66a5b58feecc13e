import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** Where questions and messages appear. Loaded after the page: nothing is asked or told before it is there. */
export default function Dialogs() {
  return (
    <ModalsProvider>
      <Notifications position="bottom-right" autoClose={6000} limit={4} />
    </ModalsProvider>
  );
}
