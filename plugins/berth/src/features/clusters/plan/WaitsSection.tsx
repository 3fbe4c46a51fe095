import { ReactNode, useState } from 'react';
import { Alert, Flex } from '@backstage/ui';
import { ActionButton, ConfirmDialog, useReadOnlyReason } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Section } from '../../../kit/Section';

/** A column of what waits. The first one names it. */
export interface WaitColumn<W> {
  label: string;
  cell: (wait: W) => ReactNode;
}

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
  columns: [WaitColumn<W>, ...WaitColumn<W>[]];
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
  const [header, ...others] = columns;
  const actions: WaitColumn<W> = {
    label: texts.actions,
    cell: wait =>
      props.confirmed?.(wait) ?? (
        <ActionButton
          disabledReason={readOnly}
          variant="secondary"
          aria-label={props.actionLabel(wait)}
          onPress={() => setAsking(wait)}
        >
          {texts.action}
        </ActionButton>
      ),
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
        <FoldingTable columns={[...columns, actions]}>
          {waits.map(wait => (
            <FoldingRow
              key={props.idOf(wait)}
              header={header.cell(wait)}
              cells={[...others, actions].map(({ label, cell }) => ({
                label,
                content: cell(wait),
              }))}
            />
          ))}
        </FoldingTable>
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
