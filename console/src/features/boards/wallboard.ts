export { WallboardPage } from './WallboardPage';
