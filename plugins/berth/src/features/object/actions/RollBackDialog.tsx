import { Text } from '@backstage/ui';
import { RolloutRevision } from '@berth/plugin-berth-common';
import { ConfirmDialog, useNotify, useText } from '../../../kit';
import { Code } from '../parts';
import { Act } from './useObjectActions';

/** Asks before a workload goes back to an earlier revision, and shows which images change. */
export function RollBackDialog(props: {
  revision: RolloutRevision;
  /** The revision that runs now, if it is known. */
  current?: RolloutRevision;
  act: (action: Act) => Promise<unknown>;
  onClose: () => void;
}) {
  const { revision, current, act, onClose } = props;
  const t = useText();
  const notify = useNotify();
  const number = String(revision.revision);
  const before = current?.images ?? [];
  const gone = before.filter(image => !revision.images.includes(image));
  const back = revision.images.filter(image => !before.includes(image));
  return (
    <ConfirmDialog
      title={t('object.rollBack.title', { revision: number })}
      action={t('object.rollBack.action')}
      failed={t('object.rollBack.failed')}
      isHarmless
      onConfirm={async () => {
        await act({ action: 'rollBack', revision: revision.revision });
        notify({ message: t('object.rollBack.done', { revision: number }) });
      }}
      onClose={onClose}
    >
      <Text>{t('object.rollBack.consequence')}</Text>
      {gone.length + back.length === 0 ? (
        <Text color="secondary">{t('object.rollBack.sameImages')}</Text>
      ) : (
        <div>
          {gone.map(image => (
            <div key={image}>
              <Code>{`− ${image}`}</Code>
            </div>
          ))}
          {back.map(image => (
            <div key={image}>
              <Code>{`+ ${image}`}</Code>
            </div>
          ))}
        </div>
      )}
    </ConfirmDialog>
  );
}
