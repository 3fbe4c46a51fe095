import {
  Button,
  Cell,
  Column,
  ColumnConfig,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { KubectlDevice } from '@berth/plugin-berth-common';
import {
  Ellipsis,
  Moment,
  Tone,
  ToneLabel,
  Translate,
  TwoLines,
  useText,
} from '../../../kit';

/** Table widths from which more columns fit, in pixels. */
export const DEVICE_BREAKPOINTS = [560, 860];

const ACTIONS_WIDTH = 80;

const TONES: Record<KubectlDevice['state'], Tone> = {
  Pending: 'pending',
  Active: 'success',
  Ended: 'pending',
};

/**
 * Returns the columns of the devices.
 *
 * @param options.fitting - the number of breakpoints that the table reaches
 * @param options.withUser - whether the devices are of several people
 * @param options.mayEnd - whether the caller may end a device
 */
export function deviceColumns(
  t: Translate,
  options: {
    fitting: number;
    withUser: boolean;
    mayEnd: (device: KubectlDevice) => boolean;
    onEnd: (device: KubectlDevice) => void;
  },
): ColumnConfig<KubectlDevice>[] {
  const { fitting, withUser, mayEnd, onEnd } = options;
  const wide = fitting === DEVICE_BREAKPOINTS.length;
  const narrow = fitting === 0;
  return [
    {
      id: 'name',
      label: t('devices.column.name'),
      isRowHeader: true,
      defaultWidth: '1.4fr',
      minWidth: 120,
      cell: device => (
        <NameCell device={device} withUser={withUser && narrow} />
      ),
    },
    {
      id: 'user',
      label: t('devices.column.user'),
      isHidden: !withUser || narrow,
      defaultWidth: '1fr',
      minWidth: 100,
      cell: ({ user }) => (
        <Cell>
          <Ellipsis title={user}>
            <EntityRefLink entityRef={user} defaultKind="user" hideIcon />
          </Ellipsis>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('devices.column.state'),
      defaultWidth: '1.4fr',
      minWidth: 130,
      cell: device => <StateCell device={device} />,
    },
    {
      id: 'connected',
      label: t('devices.column.connected'),
      isHidden: !wide,
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ createdAt, createdAddress }) => (
        <MomentCell at={createdAt} address={createdAddress} />
      ),
    },
    {
      id: 'lastUsed',
      label: t('devices.column.lastUsed'),
      isHidden: narrow,
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ lastUsedAt, lastAddress }) => (
        <MomentCell at={lastUsedAt} address={lastAddress} />
      ),
    },
    {
      id: 'actions',
      label: t('devices.column.actions'),
      header: () => (
        <Column id="actions" width={ACTIONS_WIDTH}>
          <VisuallyHidden>{t('devices.column.actions')}</VisuallyHidden>
        </Column>
      ),
      width: ACTIONS_WIDTH,
      cell: device => (
        <Cell>
          {device.state !== 'Ended' && mayEnd(device) && (
            <Button
              variant="secondary"
              size="small"
              aria-label={t('devices.end.of', { name: device.name })}
              onPress={() => onEnd(device)}
            >
              {t('devices.end.action')}
            </Button>
          )}
        </Cell>
      ),
    },
  ];
}

function NameCell(props: { device: KubectlDevice; withUser: boolean }) {
  const { device, withUser } = props;
  const { name, system, version, user } = device;
  const about = `${system}, kubectl-berth ${version}`;
  return (
    <Cell>
      <TwoLines>
        <Text weight="bold" truncate title={name}>
          {name}
        </Text>
        {withUser && (
          <Ellipsis title={user}>
            <EntityRefLink entityRef={user} defaultKind="user" hideIcon />
          </Ellipsis>
        )}
        <Text variant="body-small" color="secondary" truncate title={about}>
          {about}
        </Text>
      </TwoLines>
    </Cell>
  );
}

function StateCell({ device }: { device: KubectlDevice }) {
  const { state, endsAt, endedWhy } = device;
  const t = useText();
  return (
    <Cell>
      <TwoLines>
        <ToneLabel tone={TONES[state]} text={t(`devices.state.${state}`)} />
        <Text
          variant="body-small"
          color="secondary"
          truncate={state === 'Ended'}
          title={endedWhy}
        >
          {details()}
        </Text>
      </TwoLines>
    </Cell>
  );

  function details() {
    switch (state) {
      case 'Pending':
        return t('devices.codeNotEntered');
      case 'Active':
        return t('devices.endsAt', { when: <Moment at={endsAt} /> });
      default:
        return (
          endedWhy ?? t('devices.endedAt', { when: <Moment at={endsAt} /> })
        );
    }
  }
}

function MomentCell({ at, address }: { at?: string; address?: string }) {
  const t = useText();
  if (!at) {
    return (
      <Cell>
        <Text color="secondary">{t('devices.neverUsed')}</Text>
      </Cell>
    );
  }
  return (
    <Cell>
      <TwoLines>
        <Text variant="body-small">
          <Moment at={at} display="short" />
        </Text>
        {address && (
          <Text variant="body-small" color="secondary" truncate title={address}>
            {t('devices.from', { address })}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}
