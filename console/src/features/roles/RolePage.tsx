import { Anchor, Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { IconCopy, IconTrash, IconUserQuestion } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError } from '@/shared/account';
import {
  EmptyState,
  ErrorState,
  LoadingRows,
  PageHeader,
  Panel,
  useConfirm,
  useTell,
} from '@/shared/components';
import { useUnsaved } from '@/shared/forms';
import { useMe } from '@/shared/session';
import { CopyDialog } from './CopyDialog';
import { type OwnRole, refreshRoles, type Right, type RightGroup, type Role, useRoles } from './roles';
import classes from './roles.module.css';
import { useMayChangeRoles } from './RolesPage';

/** What one role may do: to be looked at for the system's, to be changed for one's own. */
export function RolePage() {
  const { t } = useTranslation('roles');
  const { role: key } = useParams({ from: '/house/roles/$role' });
  const { roles, groups, error, retry } = useRoles();
  const role = roles?.find((each) => each.key === key);
  if (error) return <ErrorState error={error} retry={retry} />;
  if (!roles) return <LoadingRows />;
  if (!role)
    return (
      <EmptyState
        icon={<IconUserQuestion size={28} stroke={1.5} />}
        title={t('notThere')}
        action={
          <Button component={Link} to="/roles" variant="default" mt="xs">
            {t('back')}
          </Button>
        }
      />
    );
  return <RoleShown key={JSON.stringify(role.own)} role={role} roles={roles} groups={groups} />;
}

function RoleShown({ role, roles, groups }: { role: Role; roles: Role[]; groups: RightGroup[] }) {
  const { t } = useTranslation('roles');
  const mayChange = useMayChangeRoles();
  const [copying, setCopying] = useState(false);
  return (
    <>
      <PageHeader
        title={role.name}
        note={
          <>
            <Anchor component={Link} to="/roles" size="sm" underline="always">
              ← {t('title')}
            </Anchor>{' '}
            · {role.own ? t('own') : t('fixedAbout')} · {t('having', { count: role.people })}
          </>
        }
        actions={
          mayChange && (
            <>
              {role.own && <Remove role={role} />}
              <Button
                variant="default"
                leftSection={<IconCopy size={16} aria-hidden />}
                onClick={() => setCopying(true)}
              >
                {t('copy')}
              </Button>
            </>
          )
        }
      />
      <RoleForm role={role} groups={groups} readOnly={!role.own || !mayChange} />
      {copying && <CopyDialog role={role} roles={roles} close={() => setCopying(false)} />}
    </>
  );
}

function RoleForm({ role, groups, readOnly }: { role: Role; groups: RightGroup[]; readOnly: boolean }) {
  const { t } = useTranslation('roles');
  const { t: common } = useTranslation();
  const me = useMe();
  const [name, setName] = useState(role.name);
  const [description, setDescription] = useState(role.description);
  const [rights, setRights] = useState(role.rights);
  const changed =
    name !== role.name ||
    description !== role.description ||
    rights.size !== role.rights.size ||
    [...rights].some((right) => !role.rights.has(right));
  const save = useSave(role);
  useUnsaved(changed && !save.isSuccess);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (role.own) save.mutate({ ...role.own, name: name.trim(), description, rights: [...rights] });
  };
  const toggle = (right: Right, on: boolean) => {
    const next = new Set(rights);
    if (on) next.add(right);
    else next.delete(right);
    setRights(next);
  };
  return (
    <form onSubmit={submit}>
      {!readOnly && (
        <div className={classes.names}>
          <TextInput
            label={t('name')}
            value={name}
            required
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('description')}
            value={description}
            maxLength={300}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </div>
      )}
      <div className={classes.groups}>
        {groups.map((group) => (
          <Panel key={group.key} title={group.name}>
            <Stack gap="sm" role="group" aria-label={group.name}>
              {group.rights.map((right) => (
                <Checkbox
                  key={right.key}
                  label={right.name}
                  description={right.text || undefined}
                  checked={rights.has(right.key)}
                  // Nobody gives a right that they have not got.
                  disabled={readOnly || (!me.rights.includes(right.key) && !role.rights.has(right.key))}
                  onChange={(event) => toggle(right.key, event.currentTarget.checked)}
                />
              ))}
            </Stack>
          </Panel>
        ))}
      </div>
      {!readOnly && (
        <>
          <FormError error={save.error} />
          <div className={classes.bar}>
            <Text size="sm" c="dimmed" role="status">
              {t('chosen', { count: rights.size })}
            </Text>
            <Button type="submit" disabled={!changed || !name.trim()} loading={save.isPending}>
              {common('save')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function useSave(role: Role) {
  const { t } = useTranslation('roles');
  const tell = useTell();
  const put = (body: OwnRole) =>
    call(api.PUT('/api/roles/{key}', { params: { path: { key: role.key } }, body }));
  return useMutation({
    mutationFn: put,
    onSuccess: async () => {
      const before = role.own;
      tell.done(
        t('saved'),
        before
          ? () => void put(before).then(refreshRoles, (error: unknown) => tell.failed(error))
          : undefined,
      );
      await refreshRoles();
    },
  });
}

function Remove({ role }: { role: Role }) {
  const { t } = useTranslation('roles');
  const tell = useTell();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/roles/{key}', { params: { path: { key: role.key } } })),
    onSuccess: async () => {
      await navigate({ to: '/roles', ignoreBlocker: true });
      await refreshRoles();
      tell.done(t('removed', { name: role.name }));
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('removeTitle', { name: role.name }),
      body: role.people ? t('removeBody', { count: role.people }) : t('removeUnused'),
      confirm: t('remove'),
      dangerous: true,
    });
    if (yes) remove.mutate();
  };
  return (
    <Button
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={16} aria-hidden />}
      loading={remove.isPending}
      onClick={() => void ask()}
    >
      {t('remove')}
    </Button>
  );
}
