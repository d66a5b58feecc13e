import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepDevices, onDevicesChange, readDevices } from '@/shared/phone/devices';
import type { Silence } from '@/shared/phone/voice';
import type { Visit } from './visit';

/** The other side hears nothing: why, and with which microphone it can go on. */
export function NoVoice({ visit, silence }: { visit: Visit; silence: Silence }) {
  const { t } = useTranslation('callus');
  const microphones = useMicrophones();
  const [chosen, setChosen] = useState(() => readDevices().microphone);
  const choose = (microphone: string) => {
    keepDevices({ ...readDevices(), microphone });
    setChosen(microphone);
    void visit.mend();
  };
  return (
    <div className="told">
      <p>{t(`silence.${silence}`)}</p>
      <div className="row">
        {microphones.length > 1 && (
          <select
            aria-label={t('silence.choose')}
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {!microphones.some(({ deviceId }) => deviceId === chosen) && (
              <option value={chosen}>{t('silence.choose')}</option>
            )}
            {microphones.map(({ deviceId, label }) => (
              <option key={deviceId} value={deviceId}>
                {label}
              </option>
            ))}
          </select>
        )}
        <button type="button" onClick={() => void visit.mend()}>
          {t('againMicrophone')}
        </button>
      </div>
    </div>
  );
}

/** Those that can be told apart; browsers give no names to who may not listen. */
function useMicrophones(): MediaDeviceInfo[] {
  const [found, setFound] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = () =>
      void navigator.mediaDevices
        ?.enumerateDevices()
        .then((all) => setFound(all.filter(({ kind, label }) => kind === 'audioinput' && label)));
    look();
    return onDevicesChange(look);
  }, []);
  return found;
}
