/** The peer of the console's first load: React and Mantine with one line, without anything of ours. */
import '@mantine/core/styles.layer.css';
import { Button, MantineProvider, Text, TextInput } from '@mantine/core';
import { createRoot } from 'react-dom/client';

const number = new URLSearchParams(location.search).get('number');

createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider>
    <main>
      <TextInput type="search" aria-label="Search" />
      <Text>{number}</Text>
      <Button>Take</Button>
    </main>
  </MantineProvider>,
);
