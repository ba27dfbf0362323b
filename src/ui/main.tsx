/**
 * Finds the data in the page and draws it.
 */
import { render } from 'preact';
import type { PageData } from '../../reports/page-data.ts';
import { App } from './app.tsx';
import './style/base.css';
import './style/parts.css';
import './style/views.css';
import './style/print.css';

const root = document.getElementById('page');
const text = document.getElementById('ballast-data')?.textContent ?? 'null';
const data = JSON.parse(text) as PageData | null;

if (root !== null) {
  if (data === null) root.textContent = 'This is the template of the report; ballast report fills it.';
  else render(<App data={data} isLive={document.documentElement.dataset['reach'] === 'self'} />, root);
}
