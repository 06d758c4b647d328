import './theme/tokens.css';
import './theme/base.css';
import './theme/dialog.css';
import { mount } from 'svelte';
import App from './App.svelte';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html lacks its #app');
mount(App, { target: place });
