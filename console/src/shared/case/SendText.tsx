/** An SMS by hand: begun with a template, changed as wanted, with its length. */
import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { FormError } from '@/shared/account';
import { useTell } from '@/shared/components';
import { LengthOfText } from '@/shared/components/LengthOfText';
import { type CaseRef, textsKey } from './model';

type Template = components['schemas']['Template'];

const LONGEST = 800;

interface Props {
  case: CaseRef;
  templates: Template[];
  onClose: () => void;
}

export function SendText({ case: ref, templates, onClose }: Props) {
  const { t } = useTranslation('case');
  const { t: common } = useTranslation();
  const tell = useTell();
  const client = useQueryClient();
  const [template, choose] = useState<Template>(templates[0] ?? 'receipt');
  const [own, setOwn] = useState<string | null>(null);
  // The same words, however often they are sent, are one text.
  const [id, setId] = useState(newId);
  const change = (words: string | null) => {
    setOwn(words);
    setId(newId());
  };
  const draft = useDraft(ref, template, null);
  const text = own ?? draft.data?.text ?? '';
  const [written] = useDebouncedValue(text, 200);
  const length = useDraft(ref, template, written);
  const send = useMutation({
    mutationFn: () =>
      call(api.POST('/api/cases/{kind}/{id}/texts', { params: { path: ref }, body: { template, text, id } })),
    onSuccess: async (message) => {
      await client.invalidateQueries({ queryKey: textsKey(ref) });
      tell.done(t(message.status === 'kept' ? 'texts.kept' : 'texts.sent'));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('texts.send')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label={t('texts.template')}
            data={templates.map((value) => ({ value, label: t(`texts.templates.${value}`) }))}
            value={template}
            allowDeselect={false}
            onChange={(value) => {
              choose(value as Template);
              change(null);
            }}
          />
          <Textarea
            label={t('texts.text')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={LONGEST}
            required
            withAsterisk={false}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
          />
          {length.data && <LengthOfText length={length.data} />}
          <FormError error={send.error ?? draft.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={!text.trim()}>
              {t('texts.sendNow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the template says now (`text` null), or how long a text is. */
function useDraft(ref: CaseRef, template: Template, text: string | null) {
  return useQuery({
    queryKey: [...textsKey(ref), 'draft', template, text],
    queryFn: () =>
      call(
        api.POST('/api/cases/{kind}/{id}/texts/preview', { params: { path: ref }, body: { template, text } }),
      ),
    placeholderData: text === null ? undefined : keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}
