import { ReactNode, useId } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
} from '@backstage/ui';
import { FieldValues } from 'react-hook-form';
import { ActionButton } from '../ActionButton';
import { ProblemAlert } from '../notices';
import { useText } from '../useText';
import { EditForm } from './useEditForm';
import { Form } from './useForm';

/** A form in a dialog, with the failure of sending and the buttons. */
export function FormDialog<Values extends FieldValues>(props: {
  form: Form<Values>;
  title: string;
  width: number;
  children: ReactNode;
  /** The label of the button that sends. */
  action: string;
  disabledReason?: string;
  /** The title of a failure. */
  failed: string;
  onSubmit: () => unknown;
  onClose: () => void;
}) {
  const { form, title, width, children, action, disabledReason } = props;
  const { failed, onSubmit, onClose } = props;
  const t = useText();
  const id = useId();
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && form.mayDiscard() && onClose()}
      width={width}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <form id={id} {...form.formProps(onSubmit)}>
          <Flex direction="column" gap="4">
            {children}
            {form.failure !== undefined && (
              <ProblemAlert error={form.failure} title={failed} />
            )}
          </Flex>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          type="submit"
          form={id}
          variant="primary"
          isPending={form.formState.isSubmitting}
          disabledReason={disabledReason}
        >
          {action}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}

/** The end of an editor on a page: the failure of saving, and the buttons. */
export function EditorFooter<Seen, Values extends FieldValues>(props: {
  form: EditForm<Seen, Values>;
  /** The title of a failure. */
  failed: string;
  /** The label of the button that saves. */
  save: string;
  disabledReason?: string;
  /** The label of the button that discards the changes. */
  discard: string;
  onSave: () => Promise<void>;
  onDiscard?: () => void;
  /** Further buttons. */
  children?: ReactNode;
}) {
  const { form, failed, save, disabledReason, discard } = props;
  const { onSave, onDiscard = form.discard, children } = props;
  return (
    <>
      {form.failure !== undefined && (
        <ProblemAlert error={form.failure} title={failed} />
      )}
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <ActionButton
          variant="primary"
          onPress={onSave}
          isPending={form.formState.isSubmitting}
          disabledReason={disabledReason}
        >
          {save}
        </ActionButton>
        {form.isChanged && (
          <Button variant="secondary" onPress={onDiscard}>
            {discard}
          </Button>
        )}
        {children}
      </Flex>
    </>
  );
}
