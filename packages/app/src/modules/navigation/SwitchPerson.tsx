import { SidebarItem } from '@backstage/core-components';
import {
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import ExitToAppIcon from '@material-ui/icons/ExitToApp';
import { useEffect, useState } from 'react';

// The other items of the sidebar are links, for which browsers show the focus. The theme removes the focus of
// buttons.
const useStyles = makeStyles({
  item: {
    '&:focus-visible': {
      outline: '2px solid currentColor',
      outlineOffset: -2,
    },
  },
});

/** Signs out and returns to the choice of people. */
export const SwitchPerson = () => {
  const { item } = useStyles();
  const identityApi = useApi(identityApiRef);
  const errorApi = useApi(errorApiRef);
  const [firstName, setFirstName] = useState<string>();

  useEffect(() => {
    identityApi
      .getProfileInfo()
      .then(profile => setFirstName(profile.displayName?.split(' ')[0]))
      .catch(error => errorApi.post(error));
  }, [identityApi, errorApi]);

  return (
    <SidebarItem
      className={item}
      icon={ExitToAppIcon}
      text={firstName ? `Sign out ${firstName}` : 'Sign out'}
      onClick={() => identityApi.signOut()}
    />
  );
};
