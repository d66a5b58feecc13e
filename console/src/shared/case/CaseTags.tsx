import { CloseButton, Combobox, InputBase, Text, useCombobox } from '@mantine/core';
import { type Ref, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { LoadingRows } from '@/shared/components';
import classes from './case.module.css';
import { type Case, type CaseRef, useCase, useCaseChange } from './model';
import { pathOf, useTagNames } from './names';

interface Props {
  case: CaseRef;
  field?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

interface Choice {
  key: string;
  /** From the top down. */
  path: string[];
}

/** The tags of a case, and a field in which one finds the next: by levels, or by any of their words. */
export function CaseTags({ case: ref, field, autoFocus }: Props) {
  const { t } = useTranslation('case');
  const { data } = useCase(ref);
  const tagName = useTagNames();
  const add = useCaseChange(ref, (tag: string) =>
    call(api.POST('/api/cases/{kind}/{id}/tags', { params: { path: ref }, body: { tag } })),
  );
  const remove = useCaseChange(ref, (tag: string) =>
    call(api.DELETE('/api/cases/{kind}/{id}/tags/{tag}', { params: { path: { ...ref, tag } } })),
  );
  if (!data) return <LoadingRows rows={1} />;
  return (
    <div>
      {data.tags.length > 0 && (
        <ul className={classes.tags} aria-label={t('tags.title')}>
          {data.tags.map(({ tag }) => (
            <li key={tag} className={classes.tag}>
              <Text span size="xs">
                {tagName(tag)}
              </Text>
              <CloseButton
                size="xs"
                iconSize={12}
                aria-label={t('tags.remove', { tag: tagName(tag) })}
                disabled={remove.isPending}
                onClick={() => remove.mutate(tag)}
              />
            </li>
          ))}
        </ul>
      )}
      <TagField data={data} field={field} autoFocus={autoFocus} choose={(tag) => add.mutate(tag)} />
    </div>
  );
}

function TagField({
  data,
  field,
  autoFocus,
  choose,
}: {
  data: Case;
  field?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  choose: (tag: string) => void;
}) {
  const { t } = useTranslation('case');
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const choices = useMemo(() => choicesOf(data), [data]);
  const words = typed.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = choices.filter(({ path }) => {
    const text = path.join(' ').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (!data.possible_tags.length)
    return (
      <Text size="sm" c="dimmed">
        {t('tags.none')}
      </Text>
    );
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(tag) => {
        setTyped('');
        choose(tag);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          ref={field}
          aria-label={t('tags.add')}
          placeholder={t('tags.add')}
          value={typed}
          autoFocus={autoFocus}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} className={classes.options}>
          {found.map(({ key, path }) => (
            <Combobox.Option key={key} value={key}>
              <span style={{ paddingInlineStart: words.length ? 0 : (path.length - 1) * 14 }}>
                {words.length > 0 && path.length > 1 && (
                  <Text span size="xs" c="dimmed">
                    {path.slice(0, -1).join(' › ')} ›{' '}
                  </Text>
                )}
                {path.at(-1)}
              </span>
            </Combobox.Option>
          ))}
          {!found.length && <Combobox.Empty>{t('tags.noHit')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What can still be set, each right below its parent. */
function choicesOf({ possible_tags, tags }: Case): Choice[] {
  const byKey = new Map(possible_tags.map((tag) => [tag.key, tag]));
  const set = new Set(tags.map(({ tag }) => tag));
  const below = (parent: string | null): Choice[] =>
    possible_tags
      .filter((tag) => (tag.parent ?? null) === parent)
      .flatMap((tag) => [{ key: tag.key, path: pathOf(byKey, tag.key) }, ...below(tag.key)]);
  return below(null).filter(({ key }) => !set.has(key));
}
