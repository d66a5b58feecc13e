export { InvitationPage } from './InvitationPage';
export { SignInPage } from './SignInPage';
