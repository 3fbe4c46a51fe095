import { Text } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import styles from '../helm.module.css';
import { OperationDialog } from './OperationDialog';

/** Asks before the tests of a release run. */
export function TestDialog(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  onClose: () => void;
}) {
  const { address, view, onClose } = props;
  const t = useText();
  return (
    <OperationDialog
      title={t('helm.test.title', { release: address.release })}
      action={t('helm.test.action')}
      failed={t('helm.test.failed')}
      isHarmless
      request={{
        kind: 'test',
        ...address,
        baseRevision: view.revision ?? 0,
      }}
      onClose={onClose}
    >
      <div>
        <Text>{t('helm.test.consequence')}</Text>
        <ul className={styles.sentences}>
          {testsOf(view).map(({ kind, name }) => (
            <li key={`${kind} ${name}`}>{`${kind} ${name}`}</li>
          ))}
        </ul>
      </div>
    </OperationDialog>
  );
}

/** Returns the hooks that are tests. */
export function testsOf({ hooks }: HelmReleaseView): HelmReleaseView['hooks'] {
  return hooks.filter(({ events }) =>
    events.some(event => event.startsWith('test')),
  );
}
