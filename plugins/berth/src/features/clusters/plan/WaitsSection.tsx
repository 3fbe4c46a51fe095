import { ReactNode, useState } from 'react';
import { Alert, Cell, ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { ActionButton, ConfirmDialog, useReadOnlyReason } from '../../../kit';
import { Section } from '../../../kit/Section';

/** Lists what waits for the word of an admin, each with a button that asks before it confirms. */
export function WaitsSection<W extends object>(props: {
  texts: {
    title: string;
    warning: string;
    hint: string;
    /** Of the column with the buttons. */
    actions: string;
    action: string;
    confirm: string;
    failed: string;
  };
  waits: W[];
  idOf: (wait: W) => string;
  columns: ColumnConfig<W & { id: string }>[];
  actionLabel: (wait: W) => string;
  /** Returns a text in place of the button for what was confirmed already. */
  confirmed?: (wait: W) => string | undefined;
  confirmTitle: (wait: W) => string;
  consequences: (wait: W) => ReactNode;
  onConfirm: (wait: W) => Promise<void>;
}) {
  const { texts, waits, columns, onConfirm } = props;
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState<W>();
  const actions: ColumnConfig<W & { id: string }> = {
    id: 'confirm',
    label: texts.actions,
    width: 140,
    cell: wait => {
      const confirmed = props.confirmed?.(wait);
      return (
        <Cell>
          {confirmed !== undefined ? (
            <Text>{confirmed}</Text>
          ) : (
            <ActionButton
              disabledReason={readOnly}
              variant="secondary"
              aria-label={props.actionLabel(wait)}
              onPress={() => setAsking(wait)}
            >
              {texts.action}
            </ActionButton>
          )}
        </Cell>
      );
    },
  };
  return (
    <Section title={texts.title}>
      <Flex direction="column" gap="3">
        <Alert
          status="warning"
          icon
          title={texts.warning}
          description={texts.hint}
        />
        <Table
          columnConfig={[...columns, actions]}
          data={waits.map(wait => ({ ...wait, id: props.idOf(wait) }))}
          pagination={{ type: 'none' }}
        />
      </Flex>
      {asking && (
        <ConfirmDialog
          title={props.confirmTitle(asking)}
          action={texts.confirm}
          failed={texts.failed}
          onConfirm={() => onConfirm(asking)}
          onClose={() => setAsking(undefined)}
        >
          {props.consequences(asking)}
        </ConfirmDialog>
      )}
    </Section>
  );
}
