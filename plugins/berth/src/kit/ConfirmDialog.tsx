import { ReactNode, useState } from 'react';
import {
  Alert,
  AlertProps,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
} from '@backstage/ui';
import { ActionButton } from './ActionButton';
import { ProblemAlert } from './notices';
import { useText } from './useText';

export interface ConfirmDialogProps {
  title: string;
  /** The effects of the action. */
  children: ReactNode;
  /** Label of the button. */
  action: string;
  /** Why the action is disabled, if it is. */
  disabledReason?: string;
  /** Whether the action loses nothing; its button then has the usual colour. */
  isHarmless?: boolean;
  /** In pixels. */
  width?: number;
  /** The title of a failure. */
  failed: string;
  /** A failure of the action that `onConfirm` does not reject with. */
  error?: unknown;
  /** Takes the action. The dialog closes when it is done, and stays open after a failure or `false`. */
  onConfirm: () => Promise<boolean | void>;
  onClose: () => void;
}

/** Asks before an action that is hard to undo, and shows why it failed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, disabledReason } = props;
  const { isHarmless, width = 560, failed, onConfirm, onClose } = props;
  const t = useText();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const error = failure ?? props.error;

  const confirm = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      if ((await onConfirm()) !== false) {
        onClose();
      }
    } catch (reason) {
      setFailure(reason);
    }
    setPending(false);
  };

  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={width}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {children}
          {error !== undefined && <ProblemAlert error={error} title={failed} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          variant="primary"
          destructive={!isHarmless}
          onPress={confirm}
          isPending={isPending}
          disabledReason={disabledReason}
        >
          {action}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}

/** An alert with a button for an action, which a dialog asks to confirm. */
export function ConfirmAlert(props: {
  alert: Pick<AlertProps, 'role' | 'status' | 'title' | 'description'>;
  /** The label of the button; without one, the alert only informs. */
  button?: string;
  destructive?: boolean;
  disabledReason?: string;
  /** Shown next to the button. */
  other?: ReactNode;
  dialog: Omit<ConfirmDialogProps, 'onClose'>;
}) {
  const { alert, button, destructive, disabledReason, other, dialog } = props;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Alert
        {...alert}
        icon
        customActions={
          button && (
            <Flex gap="2">
              <ActionButton
                variant="secondary"
                destructive={destructive}
                disabledReason={disabledReason}
                onPress={() => setAsking(true)}
              >
                {button}
              </ActionButton>
              {other}
            </Flex>
          )
        }
      />
      {asking && <ConfirmDialog {...dialog} onClose={() => setAsking(false)} />}
    </>
  );
}
