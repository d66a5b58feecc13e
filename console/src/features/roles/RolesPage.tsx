import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, PageHeader, Panel } from '@/shared/components';
import { useMay } from '@/shared/session';
import { CopyDialog } from './CopyDialog';
import { type RightGroup, type Role, useRoles } from './roles';
import classes from './roles.module.css';

export function useMayChangeRoles(): boolean {
  const roles = useMay('change_roles');
  const all = useMay('change_configuration');
  return roles || all;
}

/** The system's roles and those of one's own, and what each of them may do. */
export function RolesPage() {
  const { t } = useTranslation('roles');
  const navigate = useNavigate();
  const { roles, groups, error, retry } = useRoles();
  const mayChange = useMayChangeRoles();
  const [copied, setCopied] = useState<Role | null>(null);
  return (
    <>
      <PageHeader title={t('title')} note={t('about')} />
      <Panel flush>
        <DataTable
          label={t('title')}
          rows={roles}
          rowKey={(role) => role.key}
          rowLabel={(role) => role.name}
          open={(role) => void navigate({ to: '/roles/$role', params: { role: role.key } })}
          error={error}
          retry={retry}
          empty={null}
          columns={[
            {
              key: 'name',
              title: t('role'),
              cell: (role) => (
                <>
                  <Text size="sm" fw={600}>
                    {role.name}
                  </Text>
                  {role.description && (
                    <Text size="xs" c="dimmed">
                      {role.description}
                    </Text>
                  )}
                </>
              ),
            },
            {
              key: 'kind',
              title: t('kind'),
              wide: true,
              cell: (role) => (role.own ? t('own') : t('fixed')),
            },
            {
              key: 'rights',
              title: t('rightsCount'),
              cell: (role) => role.rights.size,
              figures: true,
              wide: true,
            },
            { key: 'people', title: t('peopleCount'), cell: (role) => role.people, figures: true },
            {
              key: 'copy',
              title: <span className="visually-hidden">{t('copy')}</span>,
              width: 52,
              cell: (role) =>
                mayChange && (
                  <Tooltip label={t('copyThis', { name: role.name })}>
                    <ActionIcon
                      aria-label={t('copyThis', { name: role.name })}
                      onClick={(event) => {
                        event.stopPropagation();
                        setCopied(role);
                      }}
                    >
                      <IconCopy size={17} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                ),
            },
          ]}
        />
      </Panel>
      {roles && groups.length > 0 && <Matrix roles={roles} groups={groups} />}
      {copied && roles && <CopyDialog role={copied} roles={roles} close={() => setCopied(null)} />}
    </>
  );
}

/** Every right and who has it, side by side. */
function Matrix({ roles, groups }: { roles: Role[]; groups: RightGroup[] }) {
  const { t } = useTranslation('roles');
  return (
    <div style={{ marginTop: 16 }}>
      <Panel title={t('compare')} flush>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1) */}
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('compare')}>
          <table className={classes.matrix}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{t('right')}</span>
                </th>
                {roles.map((role) => (
                  <th key={role.key} scope="col">
                    {role.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Fragment key={group.key}>
                  <tr>
                    <th scope="colgroup" colSpan={roles.length + 1} className={classes.group}>
                      {group.name}
                    </th>
                  </tr>
                  {group.rights.map((right) => (
                    <tr key={right.key}>
                      <th scope="row">{right.name}</th>
                      {roles.map((role) => (
                        <td key={role.key}>
                          {role.rights.has(right.key) ? (
                            <IconCheck size={17} aria-label={t('yes')} color="var(--svarhus-good)" />
                          ) : (
                            <Text span c="dimmed" aria-label={t('no')}>
                              –
                            </Text>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  );
}
