import { useState } from 'react';
import { Dialog, DialogBody, DialogHeader, Flex, Select } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { RiTerminalBoxLine } from '@remixicon/react';
import { useAbilities } from '../abilities';
import { ActionButton } from '../ActionButton';
import { useAccess } from '../hooks';
import { useText } from '../useText';
import { TerminalView } from './TerminalView';
import styles from './terminal.module.css';

const WIDTH = 960;

/** A container of a pod. */
export interface TerminalContainer {
  name: string;
  running: boolean;
}

export interface TerminalButtonProps {
  /** A pod. */
  address: ObjectAddress;
  containers: TerminalContainer[];
}

/** Opens a terminal in a container of a pod, or says why that is not possible. */
export function TerminalButton(props: TerminalButtonProps) {
  const { address, containers } = props;
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const disabledReason = useDisabledReason(props);
  return (
    <>
      <ActionButton
        variant="secondary"
        iconStart={<RiTerminalBoxLine aria-hidden="true" />}
        disabledReason={disabledReason}
        onPress={() => setOpen(true)}
      >
        {t('terminal.title')}
      </ActionButton>
      {isOpen && (
        <TerminalDialog
          address={address}
          containers={containers}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function useDisabledReason({
  address,
  containers,
}: TerminalButtonProps): string | undefined {
  const { cluster, namespace, name } = address;
  const t = useText();
  const { value: access } = useAccess();
  const can = useAbilities(cluster, namespace);
  if (!access?.terminal) {
    return t('terminal.off');
  }
  const { allowed, reason } = can('create', {
    group: 'core',
    plural: 'pods',
    subresource: 'exec',
    name,
  });
  if (!allowed) {
    return reason;
  }
  return containers.some(({ running }) => running)
    ? undefined
    : t('terminal.nothingRuns');
}

/** Esc belongs to the shell, and a click outside would end it, so only the button of the dialog closes it. */
function TerminalDialog(props: TerminalButtonProps & { onClose: () => void }) {
  const { address, containers, onClose } = props;
  const t = useText();
  const running = containers.filter(container => container.running);
  const [container, setContainer] = useState(running[0]?.name ?? '');
  return (
    <Dialog
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled
      onOpenChange={open => !open && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>
        {t('terminal.titleOf', { pod: address.name })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          {running.length > 1 && (
            <Select
              label={t('terminal.container')}
              size="small"
              options={running.map(({ name }) => ({
                value: name,
                label: name,
              }))}
              value={container}
              onChange={value => setContainer(String(value))}
            />
          )}
          <div className={styles.dialog}>
            <TerminalView
              key={container}
              address={address}
              container={container}
            />
          </div>
        </Flex>
      </DialogBody>
    </Dialog>
  );
}
