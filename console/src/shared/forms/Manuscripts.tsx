import { ActionIcon, Button, Menu, Stack, Textarea, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '@/shared/i18n';
import { useForm } from './context';
import { useFieldParts } from './fields';
import classes from './forms.module.css';
import { join, type Json, type JsonObject } from './schema';

interface Props {
  path: string;
  value: JsonObject;
  change: (value: Json) => void;
  /** So many languages have to stay. */
  least: number;
  below?: (text: string, language: string) => ReactNode;
}

/** What is said, in each language. */
export function Manuscripts({ path, value, change, least, below }: Props) {
  const { t } = useTranslation('forms');
  const { readOnly, errors, touch } = useForm();
  const { label, description, error } = useFieldParts(path);
  const missing = (Object.keys(LANGUAGES) as Language[]).filter((language) => !(language in value));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{label}</legend>
      {description && <div className={classes.help}>{description}</div>}
      {error && <div className={classes.complaint}>{error}</div>}
      <Stack gap="sm">
        {Object.entries(value).map(([language, text]) => (
          <Fragment key={language}>
            <Textarea
              id={`field-${join(path, language)}`}
              label={LANGUAGES[language as Language]}
              lang={language}
              autosize
              minRows={2}
              maxRows={12}
              disabled={readOnly}
              error={errors[join(path, language)]}
              value={typeof text === 'string' ? text : ''}
              onBlur={() => touch(join(path, language))}
              onChange={(event) => change({ ...value, [language]: event.currentTarget.value })}
              rightSection={
                readOnly || Object.keys(value).length <= least ? null : (
                  <Tooltip label={t('remove', { name: LANGUAGES[language as Language] })}>
                    <ActionIcon
                      size="sm"
                      aria-label={t('remove', { name: LANGUAGES[language as Language] })}
                      onClick={() =>
                        change(
                          Object.fromEntries(Object.entries(value).filter(([each]) => each !== language)),
                        )
                      }
                    >
                      <IconTrash size={15} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                )
              }
            />
            {below?.(typeof text === 'string' ? text : '', language)}
          </Fragment>
        ))}
        {!readOnly && missing.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button
                variant="default"
                size="compact-sm"
                w="fit-content"
                leftSection={<IconPlus size={14} aria-hidden />}
              >
                {t('addLanguage')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {missing.map((language) => (
                <Menu.Item
                  key={language}
                  lang={language}
                  onClick={() => change({ ...value, [language]: '' })}
                >
                  {LANGUAGES[language]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </Stack>
    </fieldset>
  );
}
