import Avatar from '@material-ui/core/Avatar';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { BerthMark } from '../../BerthMark';
import { ExamplePerson } from './people';

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    padding: theme.spacing(8, 2),
    color: '#fff',
    background:
      'radial-gradient(circle at 20% 0%, #1d4b63 0%, #0d2434 55%, #081722 100%)',
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1),
  },
  lead: { opacity: 0.8, marginBottom: theme.spacing(5), textAlign: 'center' },
  problem: {
    background: '#5c1f24',
    borderRadius: 8,
    padding: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(4),
    maxWidth: 720,
  },
  people: {
    display: 'grid',
    gap: theme.spacing(2),
    width: '100%',
    maxWidth: 720,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  person: {
    width: '100%',
    display: 'flex',
    alignItems: 'center',
    textAlign: 'left',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    borderRadius: 12,
    background: 'rgba(255, 255, 255, 0.07)',
    border: '1px solid rgba(255, 255, 255, 0.12)',
    transition: 'background 120ms, border-color 120ms',
    '&:hover, &:focus-visible': {
      background: 'rgba(125, 243, 225, 0.14)',
      borderColor: '#7df3e1',
    },
  },
  avatar: { background: '#7df3e1', color: '#0d2434', fontWeight: 700 },
  name: { fontWeight: 700, fontSize: 16 },
  role: { color: '#7df3e1', fontWeight: 400 },
  shows: { opacity: 0.85, fontSize: 14 },
  footnote: { opacity: 0.6, marginTop: theme.spacing(5), fontSize: 13 },
}));

export interface PeoplePickerProps {
  people: ExamplePerson[];
  /** Why the last attempt failed. */
  problem?: string;
  onPick(user: string): void;
}

export const PeoplePicker = (props: PeoplePickerProps) => {
  const classes = useStyles();

  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <BerthMark size={48} />
        <Typography variant="h1" style={{ margin: 0, color: '#fff' }}>
          Berth
        </Typography>
      </div>
      <Typography className={classes.lead}>
        Kubernetes clusters, shared with your teams. Who would you like to be?
      </Typography>
      {props.problem && (
        <Typography role="alert" className={classes.problem}>
          {props.problem}
        </Typography>
      )}
      {props.people.length === 0 && (
        <Typography role="alert" className={classes.problem}>
          Nobody can sign in: app.developmentSignIn.people in the config is
          empty, and no other sign-in page is installed.
        </Typography>
      )}
      <ul className={classes.people}>
        {props.people.map(person => (
          <li key={person.user}>
            <button
              type="button"
              className={classes.person}
              onClick={() => props.onPick(person.user)}
            >
              <Avatar className={classes.avatar} aria-hidden>
                {person.name.charAt(0)}
              </Avatar>
              <span>
                <Typography component="span" className={classes.name}>
                  {person.name}{' '}
                  <span className={classes.role}>— {person.role}</span>
                </Typography>
                <Typography
                  component="span"
                  display="block"
                  className={classes.shows}
                >
                  {person.shows}
                </Typography>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Typography className={classes.footnote}>
        Development sign-in: no passwords, and refused in production.
      </Typography>
    </main>
  );
};
