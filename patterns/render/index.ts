/** The cloth as pictures, for the terminal, for files and for the browser: pure, deterministic, no DOM and no Node. */
export { Atlas } from './atlas';
export { bytesOf, linearOf, srgbByte } from './colour';
export { type DrawnDraft, draftScene, drawdownScene } from './draft-view';
export { type ClothLook, type Picture, picture } from './look';
export { ClothPainter, drawPick } from './painter';
export { renderCloth } from './render-cloth';
export { type Scene, scenePicture, sceneSvg } from './scene';
export { renderShed } from './shed';
export { Shrinker, shrink } from './shrink';
export { type Measure, measure, type RenderSize } from './size';
export { svg } from './svg';
