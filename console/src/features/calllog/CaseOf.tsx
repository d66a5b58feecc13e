/** What people have added to a call: tags and notes. */
import { Stack } from '@mantine/core';
import { CaseNotes, CaseTags } from '@/shared/case';

export default function CaseOf({ call }: { call: string }) {
  const ref = { kind: 'call' as const, id: call };
  return (
    <Stack gap="md">
      <CaseTags case={ref} />
      <CaseNotes case={ref} />
    </Stack>
  );
}
