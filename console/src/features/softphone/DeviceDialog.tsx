/** Choose and try microphone, speaker and ringing device; remembered in this browser. */
import { Button, Group, Modal, NativeSelect, Progress, Slider, Stack, Switch, Text } from '@mantine/core';
import { IconBell, IconVolume } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneActions } from '@/shared/phone';
import {
  canChooseSpeaker,
  type DeviceChoice,
  keepDevices,
  type MicrophoneState,
  NoMicrophone,
  onDevicesChange,
  openMicrophone,
  readDevices,
} from '@/shared/phone/devices';
import { levelOf } from '@/shared/phone/level';
import { Ringer } from '@/shared/phone/ringer';
import { playTestSound } from '@/shared/phone/testSound';

export default function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('phone');
  const [choice, setChoice] = useState(readDevices);
  const ringer = useRef<Ringer>(null);
  const microphone = useMicrophone(choice);
  const devices = useDevices(microphone.state);
  const change = (part: Partial<DeviceChoice>) => {
    const next = { ...choice, ...part };
    keepDevices(next);
    setChoice(next);
    phoneActions.useDevicesAnew();
  };
  const options = (kind: MediaDeviceKind) => [
    { value: '', label: t('devices.usual') },
    ...devices
      .filter((device) => device.kind === kind && device.deviceId && device.deviceId !== 'default')
      .map((device, index) => ({
        value: device.deviceId,
        label: device.label || t('devices.unnamed', { number: index + 1 }),
      })),
  ];
  const speakers = canChooseSpeaker();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('devices.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Stack gap={6}>
          <NativeSelect
            label={t('devices.microphone')}
            data={options('audioinput')}
            value={choice.microphone}
            onChange={(event) => change({ microphone: event.currentTarget.value })}
          />
          {microphone.state === 'ready' ? (
            <>
              <Progress
                value={microphone.level * 100}
                transitionDuration={60}
                aria-label={t('devices.level')}
                color={microphone.level > 0.03 ? 'fjord' : 'gray'}
              />
              <Text size="xs" c="dimmed">
                {t(microphone.heard ? 'devices.heard' : 'devices.speak')}
              </Text>
            </>
          ) : (
            <Text size="sm" role="alert">
              {t(`notice.microphone-${microphone.state}`, { defaultValue: t('notice.insecure') })}
            </Text>
          )}
          <Switch
            label={t('devices.enhance')}
            checked={choice.enhance}
            onChange={(event) => change({ enhance: event.currentTarget.checked })}
          />
        </Stack>
        <Group align="flex-end" wrap="nowrap">
          <NativeSelect
            flex={1}
            label={t('devices.speaker')}
            description={speakers ? undefined : t('devices.onlyUsual')}
            disabled={!speakers}
            data={options('audiooutput')}
            value={choice.speaker}
            onChange={(event) => change({ speaker: event.currentTarget.value })}
          />
          <Button
            variant="default"
            leftSection={<IconVolume size={17} aria-hidden />}
            onClick={() => void playTestSound()}
          >
            {t('devices.listen')}
          </Button>
        </Group>
        <Group align="flex-end" wrap="nowrap">
          <NativeSelect
            flex={1}
            label={t('devices.ringer')}
            disabled={!speakers}
            data={options('audiooutput')}
            value={choice.ringer}
            onChange={(event) => change({ ringer: event.currentTarget.value })}
          />
          <Button
            variant="default"
            leftSection={<IconBell size={17} aria-hidden />}
            onClick={() => (ringer.current ??= new Ringer()).test()}
          >
            {t('devices.ring')}
          </Button>
        </Group>
        <div>
          <Text size="sm" id="ring-loudness">
            {t('devices.loudness')}
          </Text>
          <Slider
            aria-labelledby="ring-loudness"
            thumbLabel={t('devices.loudness')}
            min={0}
            max={100}
            step={5}
            label={(value) => `${value} %`}
            value={Math.round(choice.loudness * 100)}
            onChange={(value) => change({ loudness: value / 100 })}
          />
        </div>
        <Notices />
      </Stack>
    </Modal>
  );
}

/** Whether the browser may show a notice when the page is not in sight. */
function Notices() {
  const { t } = useTranslation('phone');
  const supported = 'Notification' in window;
  const [permission, setPermission] = useState(supported ? Notification.permission : 'denied');
  if (!supported || permission === 'granted') return null;
  if (permission === 'denied') {
    return (
      <Text size="sm" c="dimmed">
        {t('devices.noticesDenied')}
      </Text>
    );
  }
  return (
    <Group justify="space-between">
      <Text size="sm">{t('devices.notices')}</Text>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => void Notification.requestPermission().then(setPermission)}
      >
        {t('devices.allowNotices')}
      </Button>
    </Group>
  );
}

interface Heard {
  state: MicrophoneState;
  level: number;
  /** Something was heard since it was opened. */
  heard: boolean;
}

function useMicrophone({ microphone, enhance }: DeviceChoice): Heard {
  const [now, setNow] = useState<Heard>({ state: 'ready', level: 0, heard: false });
  const listen = useCallback(() => {
    let stop = () => {};
    let over = false;
    openMicrophone().then(
      (stream) => {
        const end = levelOf(stream, (level) =>
          setNow(({ heard }) => ({ state: 'ready', level, heard: heard || level > 0.05 })),
        );
        stop = () => {
          end();
          for (const track of stream.getTracks()) track.stop();
        };
        if (over) stop();
      },
      (error: unknown) =>
        setNow({ state: error instanceof NoMicrophone ? error.state : 'missing', level: 0, heard: false }),
    );
    return () => {
      over = true;
      stop();
    };
    // Opened anew for another microphone or another treatment of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [microphone, enhance]);
  useEffect(listen, [listen]);
  return now;
}

function useDevices(state: MicrophoneState): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = () => void navigator.mediaDevices?.enumerateDevices().then(setDevices);
    look();
    return onDevicesChange(look);
    // Names are told only once the microphone may be used.
  }, [state]);
  return devices;
}
