/// Ways of cameras through a scene, one camera for each frame of a film.
public enum CameraPath {}
