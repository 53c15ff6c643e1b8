import "../shared/theme.css";
import "./page.css";
import "./haihe-page.js";
import { applyTheme } from "./theme.js";

applyTheme();
