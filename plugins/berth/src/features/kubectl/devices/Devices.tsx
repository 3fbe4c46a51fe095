import { useCallback, useMemo, useState } from 'react';
import {
  Button,
  Flex,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { KubectlDevice } from '@berth/plugin-berth-common';
import { RiComputerLine } from '@remixicon/react';
import { readsEverything, useAccess, useUrlQuery } from '../../../kit/hooks';
import { UserPicker } from '../../../kit/pickers';
import { Notice, ResourceList, pageOf, useText } from '../../../kit';
import { DEVICE_BREAKPOINTS, deviceColumns } from './deviceColumns';
import {
  DevicesQuery,
  EVERYONE,
  formatDevicesQuery,
  parseDevicesQuery,
} from './devicesQuery';
import { EndAllDialog, EndDeviceDialog } from './EndDialogs';
import { useDevices } from './useDevices';
import styles from './devices.module.css';

/** Lists the computers that are signed in with kubectl; admins and auditors also see those of other people. */
export function Devices() {
  const t = useText();
  const { value: access } = useAccess();
  const [query, changeQuery] = useUrlQuery(
    parseDevicesQuery,
    formatDevicesQuery,
  );
  const { user } = query;
  const polled = useDevices(user);
  const [ending, setEnding] = useState<KubectlDevice | 'all'>();
  const devices = polled.value?.items;
  const page = useMemo(
    () => devices && pageOf(devices, query),
    [devices, query],
  );
  const isOwn = user === '' || user === access?.user;
  const columns = useCallback(
    (fitting: number) =>
      deviceColumns(t, {
        fitting,
        withUser: user === EVERYONE,
        mayEnd: device =>
          Boolean(access?.admin) || device.user === access?.user,
        onEnd: setEnding,
      }),
    [t, user, access],
  );
  const open = devices?.filter(({ state }) => state !== 'Ended') ?? [];
  const mayEndAll = user !== EVERYONE && (isOwn || access?.admin);
  const close = () => setEnding(undefined);

  return (
    <section className={styles.devices} aria-labelledby="berth-devices">
      <div className={styles.head}>
        <Text as="h3" id="berth-devices" variant="title-x-small" weight="bold">
          {title()}
        </Text>
        <Text as="p" color="secondary">
          {t('devices.description')}
        </Text>
      </div>
      <ResourceList
        polled={polled}
        page={page}
        columns={columns}
        breakpoints={DEVICE_BREAKPOINTS}
        query={query}
        onQueryChange={changeQuery}
        pageLabel={range => t('devices.page', range)}
        keepFilters={readsEverything(access)}
        filters={
          <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
            {readsEverything(access) && (
              <PersonFilter query={query} onQueryChange={changeQuery} />
            )}
            {mayEndAll && open.length > 1 && (
              <Button variant="secondary" onPress={() => setEnding('all')}>
                {t('devices.endAll.action')}
              </Button>
            )}
          </Flex>
        }
        empty={
          devices?.length === 0 && (
            <Notice
              role="status"
              icon={RiComputerLine}
              title={t('devices.empty.title')}
            >
              <Text color="secondary">
                {t(isOwn ? 'devices.empty.next' : 'devices.empty.nextOther')}
              </Text>
            </Notice>
          )
        }
        noMatch={null}
      />
      {ending === 'all' && (
        <EndAllDialog
          user={isOwn ? '' : user}
          count={open.length}
          onEnded={polled.refresh}
          onClose={close}
        />
      )}
      {ending && ending !== 'all' && (
        <EndDeviceDialog
          device={ending}
          onEnded={polled.refresh}
          onClose={close}
        />
      )}
    </section>
  );

  function title() {
    if (user === EVERYONE) {
      return t('devices.titleAll');
    }
    return isOwn
      ? t('devices.title')
      : t('devices.titleOf', {
          user: (
            <EntityDisplayName
              entityRef={user}
              defaultKind="user"
              hideIcon
              disableTooltip
            />
          ),
        });
  }
}

function PersonFilter(props: {
  query: DevicesQuery;
  onQueryChange: (change: Partial<DevicesQuery>) => void;
}) {
  const { query, onQueryChange } = props;
  const { user } = query;
  const t = useText();
  const isPerson = user !== '' && user !== EVERYONE;
  return (
    <div className={styles.filters} role="search">
      <ToggleButtonGroup
        aria-label={t('devices.filter.label')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={isPerson ? [] : [user || 'mine']}
        onSelectionChange={([chosen]) =>
          onQueryChange({ user: chosen === EVERYONE ? EVERYONE : '' })
        }
      >
        <ToggleButton id="mine">{t('devices.filter.mine')}</ToggleButton>
        <ToggleButton id={EVERYONE}>
          {t('devices.filter.everyone')}
        </ToggleButton>
      </ToggleButtonGroup>
      <UserPicker
        className={styles.person}
        label={t('devices.filter.person')}
        hideLabel
        placeholder={t('devices.filter.anotherPerson')}
        value={isPerson ? user : undefined}
        onChange={chosen => onQueryChange({ user: chosen ?? '' })}
      />
    </div>
  );
}
