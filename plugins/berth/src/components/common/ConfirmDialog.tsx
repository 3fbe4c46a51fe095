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
import { ProblemAlert } from './ProblemAlert';
import { useText } from './useText';

/** Asks before something that is hard to undo is done, and says why it could not be. */
export function ConfirmDialog(props: {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  isPending: boolean;
  /** Keeps it from being done, as long as it is given. */
  disabledReason?: string;
  /** Why it could not be done, under the title `failed`. */
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
