/** Uploads a sound; one that is silent only when that is what is meant. */
import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { useConfirm, useTell } from '@/shared/components';

/** How a file is sent, whatever the endpoint. */
export const asWav = (file: File) => ({
  headers: { 'Content-Type': 'audio/wav' },
  body: file as never,
  bodySerializer: (body: unknown) => body as Blob,
});

interface Props {
  /** `anyway`: although it is silent. */
  send: (file: File, anyway: boolean) => Promise<{ seconds: number }>;
  sent: (seconds: number) => unknown;
  label: string;
  /** What is read out, where the label alone does not say it. */
  name?: string;
}

export function UploadSound({ send, sent, label, name }: Props) {
  const { t } = useTranslation('settings');
  const tell = useTell();
  const confirm = useConfirm();
  const upload = useMutation({
    mutationFn: ({ file, anyway }: { file: File; anyway: boolean }) => send(file, anyway),
    onSuccess: ({ seconds }) => sent(seconds),
    onError: async (error, { file }) => {
      if (!(error instanceof ProblemError && error.id === 'audio-inaudible')) {
        tell.failed(error);
        return;
      }
      const yes = await confirm({
        title: t('sound.silent', { file: file.name }),
        body: t('sound.silentBody'),
        confirm: t('sound.useAnyway'),
        dangerous: true,
      });
      if (yes) upload.mutate({ file, anyway: true });
    },
  });
  return (
    <FileButton
      accept="audio/wav,audio/x-wav,.wav"
      onChange={(file) => file && upload.mutate({ file, anyway: false })}
    >
      {(props) => (
        <Button
          {...props}
          size="compact-sm"
          variant="default"
          loading={upload.isPending}
          leftSection={<IconUpload size={14} aria-hidden />}
          aria-label={name}
        >
          {label}
        </Button>
      )}
    </FileButton>
  );
}
