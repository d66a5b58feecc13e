import { Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel, PersonAvatar } from '@/shared/components';
import { LANGUAGES } from '@/shared/i18n';
import { PhotoButtons } from '@/shared/people';
import { usePhotos } from '@/shared/session/photos';
import { Levels } from './Levels';
import { keyFrom } from './names';
import classes from './people.module.css';
import type { SectionProps } from './PersonForm';
import type { Person } from './queries';

interface Props extends SectionProps {
  people: Person[];
  isNew: boolean;
}

/** The contact card. */
export function CardFields({ person, set, errors, readOnly, people, isNew }: Props) {
  const { t } = useTranslation('people');
  const photo = usePhotos()(isNew ? null : person.key);
  const taken = new Set(people.map(({ key }) => key));
  const rename = (name: string) => {
    // The key follows the name until somebody writes one.
    const follows = isNew && person.key === keyFrom(person.name, taken);
    set(follows ? { name, key: keyFrom(name, taken) } : { name });
  };
  const field = (name: 'title' | 'department') => ({
    label: t(`card.${name}`),
    value: person[name] ?? '',
    error: errors[name],
    readOnly,
    maxLength: 100,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <Panel title={t('card.heading')}>
      <Stack gap="sm">
        {!isNew && (
          <div className={classes.who}>
            <PersonAvatar name={person.name} photo={photo} size={72} />
            {!readOnly && <PhotoButtons person={person.key} has={photo !== null} />}
          </div>
        )}
        <TextInput
          label={t('name')}
          value={person.name}
          error={errors.name}
          readOnly={readOnly}
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus={isNew || undefined}
          autoFocus={isNew}
          onChange={(event) => rename(event.currentTarget.value)}
        />
        {isNew && (
          <TextInput
            label={t('card.key')}
            description={t('card.keyHelp')}
            value={person.key}
            error={errors.key}
            required
            maxLength={48}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => set({ key: event.currentTarget.value })}
          />
        )}
        <div className={classes.pair}>
          <TextInput {...field('title')} placeholder={t('card.titleExample')} />
          <TextInput {...field('department')} />
        </div>
        <TextInput
          label={t('card.email')}
          description={t('card.emailHelp')}
          type="email"
          value={person.email}
          error={errors.email}
          readOnly={readOnly}
          required
          autoComplete="off"
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <TextInput
            label={t('card.mobile')}
            type="tel"
            value={person.mobile ?? ''}
            error={errors.mobile}
            readOnly={readOnly}
            placeholder="+46701234567"
            autoComplete="off"
            onChange={(event) => set({ mobile: event.currentTarget.value || null })}
          />
          <Select
            label={t('card.language')}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            value={person.language ?? 'sv'}
            readOnly={readOnly}
            allowDeselect={false}
            onChange={(language) => language && set({ language })}
          />
        </div>
        <TagsInput
          label={t('card.tags')}
          description={t('card.tagsHelp')}
          data={[...new Set(people.flatMap(({ tags }) => tags ?? []))].sort()}
          value={person.tags ?? []}
          error={firstOf(errors, 'tags')}
          readOnly={readOnly}
          maxTags={30}
          acceptValueOnBlur
          onChange={(tags) => set({ tags: tags.map((tag) => tag.slice(0, 40)) })}
        />
        <Levels
          label={t('card.skills')}
          help={t('card.skillsHelp')}
          one={t('card.skill')}
          add={t('card.skillAdd')}
          rows={(person.skills ?? []).map(({ skill, level }) => ({ name: skill, level: level ?? 5 }))}
          error={firstOf(errors, 'skills')}
          readOnly={readOnly}
          choices={known(people.flatMap(({ skills }) => (skills ?? []).map(({ skill }) => skill)))}
          most={30}
          change={(rows) => set({ skills: rows.map(({ name, level }) => ({ skill: name, level })) })}
        />
        <Levels
          label={t('card.languages')}
          help={t('card.languagesHelp')}
          one={t('card.languageOf')}
          add={t('card.languageAdd')}
          rows={(person.languages ?? []).map(({ language, level }) => ({
            name: language,
            level: level ?? 5,
          }))}
          error={firstOf(errors, 'languages')}
          readOnly={readOnly}
          choices={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          fixed
          most={10}
          change={(rows) =>
            set({ languages: rows.map(({ name, level }) => ({ language: name as Speaks, level })) })
          }
        />
        <Switch
          label={t('card.hidden')}
          description={t('card.hiddenHelp')}
          checked={person.hidden ?? false}
          disabled={readOnly}
          onChange={(event) => set({ hidden: event.currentTarget.checked })}
        />
      </Stack>
    </Panel>
  );
}

type Speaks = NonNullable<Person['languages']>[number]['language'];

/** Each once, as something that can be chosen. */
const known = (words: string[]) => [...new Set(words)].sort().map((word) => ({ value: word, label: word }));

/** The first complaint about an entry of a list: `tags[1]`. */
export function firstOf(errors: Record<string, string>, name: string): string | undefined {
  return Object.entries(errors).find(([path]) => path === name || path.startsWith(`${name}[`))?.[1];
}
