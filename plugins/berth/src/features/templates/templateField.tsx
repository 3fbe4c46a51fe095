import { ComponentType } from 'react';
import { BgProvider } from '@backstage/ui';
import { withQueries } from '../../kit/query';
import styles from './TemplateFields.module.css';

/** Wraps a field for the forms of templates. These are cards, on which a field has another colour than on a page. */
export function templateField<Props extends {}>(
  Component: ComponentType<Props>,
): (props: Props) => JSX.Element {
  const Field = withQueries(Component);
  return props => (
    <BgProvider bg="neutral-1">
      <div className={styles.field}>
        <Field {...props} />
      </div>
    </BgProvider>
  );
}
