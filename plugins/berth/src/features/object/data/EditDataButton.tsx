import { Suspense, lazy, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { ActionButton, useText } from '../../../kit';
import { useObjectActions } from '../actions/useObjectActions';
import { at, textAt } from '../reading';

const DataDialog = lazy(() =>
  import('./DataDialog').then(module => ({ default: module.DataDialog })),
);

/** A button that opens the editor of keys and values. */
export function EditDataButton(props: {
  address: ObjectAddress;
  view: ObjectView;
}) {
  const { address, view } = props;
  const t = useText();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const reload = () =>
    client.invalidateQueries({ queryKey: ['object', address] });
  const { reasonOf } = useObjectActions(address, view, reload);
  const kind = textAt(view.object, 'kind') ?? '';
  const reason =
    at(view.object, 'immutable') === true
      ? t('object.data.immutable', { kind })
      : reasonOf('edit');
  return (
    <>
      <ActionButton
        variant="secondary"
        size="small"
        disabledReason={reason}
        onPress={() => setOpen(true)}
      >
        {t('object.data.edit')}
      </ActionButton>
      {isOpen && (
        <Suspense fallback={null}>
          <DataDialog
            address={address}
            view={view}
            onSaved={reload}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
