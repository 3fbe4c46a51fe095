import { ReleaseSummary } from '../features/helm';
import { MyKubernetesPage } from '../features/mine/MyKubernetesPage';
import styles from './BerthPages.module.css';

/** Shows the namespaces of the caller's groups, and how their Helm releases are. */
export function MinePage() {
  return (
    <MyKubernetesPage
      footer={
        <div className={styles.footer}>
          <ReleaseSummary />
        </div>
      }
    />
  );
}
