import { ButtonLink, Card, CardBody, Flex, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiCheckLine } from '@remixicon/react';
import { berthApiRef } from '../../../api';
import { formatRemaining } from '../../../kit/format';
import { useNow } from '../../../kit/hooks';
import { usePolled } from '../../../kit/query';
import { kubectlRouteRef } from '../../../routes';
import { CopyButton, Moment, Notice, useText } from '../../../kit';
import { ConnectLink, typedCode } from './connectLink';
import { CodeOver, Focused } from './outcomes';
import { Connected } from './useConnection';
import styles from './connect.module.css';

const INTERVAL = 3_000;

/** Shows the code until the computer has used it, or until its time is over. */
export function ConnectedDevice(props: {
  link: ConnectLink;
  connected: Connected;
}) {
  const { link, connected } = props;
  const remaining = connected.codeEndsAt - useNow(1000);
  const state = useDeviceState(connected.id);
  return <Focused>{content()}</Focused>;

  function content() {
    if (state === 'Active') {
      return <Active link={link} connected={connected} />;
    }
    return remaining > 0 && state !== 'Ended' ? (
      <Code link={link} connected={connected} remaining={remaining} />
    ) : (
      <CodeOver />
    );
  }
}

/** Polls the state of a device of the caller. */
function useDeviceState(id: string) {
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['kubectl', 'devices', 'state', id],
    load: async () => {
      const { items } = await api.listDevices();
      return items.find(device => device.id === id)?.state ?? 'Pending';
    },
    every: state => (state === 'Active' ? undefined : INTERVAL),
  });
  return value;
}

function Code(props: {
  link: ConnectLink;
  connected: Connected;
  /** In milliseconds. */
  remaining: number;
}) {
  const { link, connected, remaining } = props;
  const t = useText();
  const code = typedCode(connected);
  const { name } = link.request;
  return (
    <Card className={styles.card}>
      <CardBody>
        <Flex direction="column" gap="4">
          <Flex direction="column" gap="2" role="status">
            <Text as="h3" variant="title-x-small" weight="bold">
              {t('connect.code.title', { name })}
            </Text>
            <Text as="p">
              {t(link.callback ? 'connect.code.handed' : 'connect.code.type')}
            </Text>
          </Flex>
          <Flex direction="column" gap="2" align="start">
            <code className={styles.code} aria-label={t('connect.code.label')}>
              {code}
            </code>
            <CopyButton text={code} variant="primary" />
          </Flex>
          <Text as="p" weight="bold">
            {t('connect.code.nowhereElse')}
          </Text>
          <Text as="p" color="secondary">
            {t('connect.code.remaining', {
              time: (
                // A countdown that is announced every second would drown out everything else.
                <span role="timer" aria-live="off">
                  {formatRemaining(remaining)}
                </span>
              ),
            })}
          </Text>
        </Flex>
      </CardBody>
    </Card>
  );
}

function Active(props: { link: ConnectLink; connected: Connected }) {
  const { link, connected } = props;
  const t = useText();
  const kubectl = useRouteRef(kubectlRouteRef);
  return (
    <Notice
      role="status"
      icon={RiCheckLine}
      tone="success"
      title={t('connect.active.title', { name: link.request.name })}
      actions={
        <ButtonLink variant="secondary" href={kubectl()}>
          {t('devices.title')}
        </ButtonLink>
      }
    >
      <Text color="secondary">
        {t('connect.active.next', {
          until: <Moment at={connected.endsAt} display="clock" />,
        })}
      </Text>
    </Notice>
  );
}
