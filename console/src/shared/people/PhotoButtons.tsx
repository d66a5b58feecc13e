import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';
import { photosQuery } from '@/shared/session/photos';

const TYPES = 'image/jpeg,image/png,image/webp';

interface Props {
  person: string;
  has: boolean;
}

/** Choose and remove a person's photo. The server looks at what is in the file, and keeps a small square of it. */
export function PhotoButtons({ person, has }: Props) {
  const { t } = useTranslation('account');
  const tell = useTell();
  const refresh = () => queryClient.invalidateQueries({ queryKey: photosQuery.queryKey });
  const path = { params: { path: { key: person } } };
  const put = useMutation({
    mutationFn: (file: File) =>
      call(
        api.PUT('/api/people/{key}/photo', {
          ...path,
          // Sent as it is: it is a file, not JSON.
          body: file as never,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { 'Content-Type': file.type || 'image/jpeg' },
        }),
      ),
    onSuccess: async () => {
      await refresh();
      tell.done(t('photo.set'));
    },
    onError: (error) => tell.failed(error),
  });
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/people/{key}/photo', path)),
    onSuccess: async () => {
      await refresh();
      tell.done(t('photo.removed'));
    },
    onError: (error) => tell.failed(error),
  });
  return (
    <div>
      <Group gap="xs">
        <FileButton
          accept={TYPES}
          onChange={(file) => {
            if (file) put.mutate(file);
          }}
        >
          {(props) => (
            <Button
              variant="default"
              leftSection={<IconPhotoUp size={16} aria-hidden />}
              loading={put.isPending}
              {...props}
            >
              {has ? t('photo.change') : t('photo.choose')}
            </Button>
          )}
        </FileButton>
        {has && (
          <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('photo.remove')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t('photo.hint')}
      </Text>
    </div>
  );
}
