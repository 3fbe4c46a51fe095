import { Link, LinkProps } from '@backstage/ui';
import styles from './list.module.css';

/** Characters that every column of names has room for. */
const FITTING = 14;
/** Characters at the end of a name that stay visible, such as the random part of a pod's name. */
const END = 8;

interface NameLinkProps extends Pick<LinkProps, 'href' | 'weight' | 'title'> {
  name: string;
}

/** A name with a link. A name that does not fit wraps, because many names differ only at their end. */
export function NameLink({ name, ...props }: NameLinkProps) {
  return (
    <Link title={name} {...props} className={styles.name} standalone>
      {name}
    </Link>
  );
}

/** A name with a link, in a row that cannot grow. A name that does not fit is cut in the middle. */
export function OneLineNameLink({ name, ...props }: NameLinkProps) {
  const isLong = name.length > FITTING;
  return (
    <Link
      title={name}
      // Screen readers could pause between the parts.
      aria-label={isLong ? name : undefined}
      {...props}
      className={styles.oneLineName}
      standalone
    >
      {isLong ? (
        <>
          <span>{name.slice(0, -END)}</span>
          <span>{name.slice(-END)}</span>
        </>
      ) : (
        name
      )}
    </Link>
  );
}
