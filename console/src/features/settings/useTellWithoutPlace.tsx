import { Anchor, Text } from '@mantine/core';
import { showNotification } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readWithoutPlaceAnew } from '@/shared/booking/withoutPlace';
import { useMay } from '@/shared/session';

/** Lists of which a change may leave callbacks without a place in the work schedule. */
const LEAVES_SOME: ReadonlySet<string> = new Set(['schedules', 'hours', 'queues', 'callflows', 'categories']);
const UNTIL_IT_HOLDS = 1500;
const PAGE = '/callbacks-without-place';

/** Right after a change: how many callbacks do not fit any more, and where to settle them. */
export function useTellWithoutPlace() {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const may = useMay('handle_callbacks');
  const client = useQueryClient();
  // What is told in the corner of the page stands outside of the routes.
  const router = useRouter();
  return (list: string) => {
    if (!may || !LEAVES_SOME.has(list)) return;
    setTimeout(() => {
      void readWithoutPlaceAnew(client)
        .then(({ length }) => {
          if (!length) return;
          showNotification({
            id: 'without-place',
            color: 'yellow',
            withBorder: true,
            role: 'alert',
            autoClose: false,
            closeButtonProps: { 'aria-label': common('close') },
            message: (
              <Text size="sm">
                {t('withoutPlace.told', { count: length })}{' '}
                <Anchor
                  href={PAGE}
                  size="sm"
                  underline="always"
                  onClick={(event) => {
                    event.preventDefault();
                    void router.navigate({ to: PAGE });
                  }}
                >
                  {t('withoutPlace.show')}
                </Anchor>
              </Text>
            ),
          });
        })
        // The desk tells of them too.
        .catch(() => undefined);
    }, UNTIL_IT_HOLDS);
  };
}
