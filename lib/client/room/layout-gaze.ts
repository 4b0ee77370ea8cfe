/**
 * Where the person looks, in the layout's own directions: what commands mean by "in
 * front of me". The frame that draws the room writes it, once a frame, in place;
 * straight ahead where there is no room.
 */
export const gaze = { azimuthDeg: 0, elevationDeg: 0 };
