/** Whether calls reach me, where they ring, and the way to sound and microphone. */
import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceLandlinePhone,
  IconDeviceMobile,
  IconHeadset,
  IconPhoneIncoming,
  IconSettings,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { phoneActions, type DeviceKind, type PhoneDevice, type PhoneView } from '@/shared/phone';
import { REACH_MARKS } from './marks';
import classes from './PhoneBar.module.css';

const DeviceDialog = lazy(() => import('./DeviceDialog'));
const NumberDialog = lazy(() => import('./NumberDialog'));

const ICONS = { browser: IconHeadset, desk: IconDeviceLandlinePhone, number: IconDeviceMobile };
const KINDS: DeviceKind[] = ['browser', 'desk', 'number'];

export function ReachMenu({ view }: { view: PhoneView }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const [open, setOpen] = useState<'devices' | 'number' | null>(null);
  const number = view.devices.find(({ kind }) => kind === 'number')?.number ?? null;
  const choose = (kind: DeviceKind) => {
    if (kind === 'number') setOpen('number');
    else phoneActions.chooseDevice(kind).catch(tell.failed);
  };
  return (
    <>
      <Menu position="bottom-start" width={280} shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes.reach} data-tour="phone">
            <Dot {...REACH_MARKS[view.reach]} />
            <span className={classes.reachText}>{reachWords(t, view, number)}</span>
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {view.reach !== 'none' && (
            <>
              <Menu.Label>{t('ringsAt')}</Menu.Label>
              {KINDS.map((kind) => {
                const Icon = ICONS[kind];
                const device = view.devices.find((one) => one.kind === kind);
                return (
                  <Menu.Item
                    key={kind}
                    leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
                    rightSection={
                      view.device === kind ? <IconCheck size={15} aria-label={t('chosen')} /> : null
                    }
                    onClick={() => choose(kind)}
                  >
                    <DeviceName kind={kind} device={device} extension={view.extension} />
                  </Menu.Item>
                );
              })}
              <Menu.Divider />
            </>
          )}
          {view.callWaiting !== null && <CallWaiting wanted={view.callWaiting} />}
          <Menu.Item
            leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}
            onClick={() => setOpen('devices')}
          >
            {t('devices.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'devices' && <DeviceDialog onClose={() => setOpen(null)} />}
        {open === 'number' && <NumberDialog given={number} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}

function CallWaiting({ wanted }: { wanted: boolean }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  return (
    <>
      <Menu.Item
        leftSection={<IconPhoneIncoming size={16} stroke={1.6} aria-hidden />}
        rightSection={wanted ? <IconCheck size={15} aria-label={t('chosen')} /> : null}
        onClick={() => phoneActions.chooseCallWaiting(!wanted).catch(tell.failed)}
      >
        {t('callWaiting.label')}
        <div className={classes.aside}>{t('callWaiting.help')}</div>
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}

function DeviceName({
  kind,
  device,
  extension,
}: {
  kind: DeviceKind;
  device?: PhoneDevice;
  extension: string | null;
}) {
  const { t } = useTranslation('phone');
  const aside =
    kind === 'number' ? device?.number && phoneNumber(device.number) : kind === 'desk' ? extension : null;
  return (
    <>
      {t(`device.${kind}`)}
      {aside && <span className={classes.aside}> {aside}</span>}
      {kind === 'desk' && device && !device.reachable && (
        <div className={classes.aside}>{t('device.notRegistered')}</div>
      )}
    </>
  );
}

type Translate = ReturnType<typeof useTranslation<'phone'>>['t'];

function reachWords(t: Translate, view: PhoneView, number: string | null): string {
  if (view.reach === 'ready') return t(`ready.${view.device}`, { number: number ? phoneNumber(number) : '' });
  return t(`reach.${view.reach}`);
}
