import { ReactNode } from 'react';
import {
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

/** Asks before an action that is hard to undo, and shows why it failed. */
export function ConfirmDialog(props: {
  title: string;
  /** The effects of the action. */
  children: ReactNode;
  /** Label of the button. */
  action: string;
  isPending: boolean;
  /** Why the action is disabled, if it is. */
  disabledReason?: string;
  /** The failure of the action, shown under the title `failed`. */
  error: unknown;
  failed: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { title, children, action, isPending, disabledReason } = props;
  const { error, failed, onConfirm, onClose } = props;
  const t = useText();
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={560}
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
          destructive
          onPress={onConfirm}
          isPending={isPending}
          disabledReason={disabledReason}
        >
          {action}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}
